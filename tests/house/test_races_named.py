"""Each guarantee that simultaneous acts could break names the race that tries it: a new one without a race is seen here."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import UniqueConstraint

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, ACTS, MESSAGES = "trials/test_races_of_people.py", "trials/test_races_of_acts.py", "trials/test_races_of_messages.py"
RACES, SIGNING_IN, ROWS = "trials/test_races.py", "trials/test_races_of_signing_in.py", "trials/test_races_of_rows.py"
CLAIMS = f"{RACES}::test_of_fifty_simultaneous_claims_exactly_one_wins"
EDITIONS = f"{ACTS}::test_of_fifty_editions_at_once_one_is_in_force"
IMPORTS = f"{MESSAGES}::test_an_import_asked_for_and_taken_in_by_fifty_is_taken_in_once"

# The name of a constraint: the race that meets it, or why none can.
CONSTRAINTS = {
    "one_holder_an_account_and_line": CLAIMS,
    "one_manager_a_unit": f"{RACES}::test_fifty_simultaneous_appointments_leave_exactly_one_manager_and_no_overlap",
    "one_open_role": f"{PEOPLE}::test_a_role_given_fifty_times_at_once_is_had_once_and_ends_once",
    "one_login_an_email": f"{PEOPLE}::test_one_address_for_fifty_people_at_once_is_one_login_of_one_person",
    "one_person_a_login_and_network": f"{PEOPLE}::test_one_address_for_fifty_people_at_once_is_one_login_of_one_person",
    "one_login_a_person": f"{PEOPLE}::test_a_person_let_in_fifty_times_at_once_has_one_login",
    "one_target_a_holder_and_period": f"{ACTS}::test_a_target_restated_and_withdrawn_at_once_ends_once",
    "one_view_a_name": f"{ACTS}::test_a_view_saved_fifty_times_at_once_is_one_and_the_last_place_goes_to_one",
    "one_open_stage": f"{ACTS}::test_a_deal_moved_to_another_process_while_it_is_decided_has_one_stay_at_most",
    "one_edition_a_price_list": EDITIONS,
    "one_edition_a_process": EDITIONS,
    "one_answer_a_key": f"{RACES}::test_a_line_sent_fifty_times_at_once_with_one_key_is_kept_once",
    "one_seal_a_number": f"{RACES}::test_fifty_who_seal_at_once_close_every_entry_once",
    "one_delivery_an_event": f"{MESSAGES}::test_a_delivery_is_composed_once_and_claimed_by_one_of_fifty_senders",
    "one_row_a_source_and_import": IMPORTS,
    "one_tie_a_person_and_unit": CLAIMS,
    "one_person_an_email": f"{RACES}::test_one_address_entered_by_fifty_at_once_is_one_person",
    "told_once": f"{MESSAGES}::test_a_message_told_fifty_times_is_there_once_and_leaves_once_by_mail_and_once_by_push",
    "one_arrival_a_message": f"{ROWS}::test_a_mail_that_comes_fifty_times_at_once_is_proposed_once_and_kept_once",
    **dict.fromkeys(
        ("one_standing_a_source", "one_standing_a_folder"),
        f"{ROWS}::test_a_source_made_standing_by_fifty_at_once_stands_once_and_has_one_key",
    ),
    "erased_once": f"{ROWS}::test_somebody_erased_by_many_while_others_write_of_them_is_erased_once_for_all",
}
# Constraints that only say what a row is: whoever meets them is refused, and nothing hangs on who came first.
WITHOUT = re.compile(r"_from_source_once$|^one_(sales_line|product|territory)_a_name$|_a_place$|_a_day$|^one_price_a_|^one_key_of_|"
                     r"^one_firm_a_network$|^one_root_a_network$|_a_question$")  # fmt: skip

# Rules that no constraint holds: conditional statements, locks, turns.
RULES = {
    "a network always has a director": f"{PEOPLE}::test_fifty_directors_who_end_each_other_leave_one",
    "nobody holds anything who has left": f"{PEOPLE}::test_fifty_who_leave_at_once_hand_nothing_to_somebody_who_has_left",
    "nobody is given anything while they leave": f"{PEOPLE}::test_a_deal_given_to_somebody_who_leaves_meanwhile_is_not_left_with_them",
    "nobody manages who has left": f"{PEOPLE}::test_a_manager_appointed_who_leaves_meanwhile_manages_nothing",
    "somebody leaves once": f"{PEOPLE}::test_somebody_whom_fifty_record_as_leaving_leaves_once",
    "a sight is withdrawn once": f"{PEOPLE}::test_a_sight_is_withdrawn_once",
    "an invitation opens once": f"{PEOPLE}::test_an_invitation_opened_fifty_times_at_once_lets_one_in",
    "one link makes a manager": f"{PEOPLE}::test_of_fifty_links_to_manage_one_unit_one_appoints",
    "a contested company is settled once": f"{ACTS}::test_a_contested_company_is_settled_for_one_of_fifty",
    "a claim or a contest comes first": f"{ACTS}::test_of_claims_and_contests_at_once_one_comes_first",
    "a deal goes from hand to hand": f"{ACTS}::test_deals_that_managers_give_to_several_at_once_go_from_hand_to_hand",
    "tasks, promises and leads close once": f"{ACTS}::test_a_task_a_promise_and_a_lead_are_closed_once",
    "a deal is decided once": f"{RACES}::test_a_deal_won_and_lost_fifty_times_at_once_is_decided_once",
    "a stale edit is refused": f"{RACES}::test_of_fifty_edits_of_one_version_one_stands_and_the_others_are_told",
    "a bulk change is undone once": f"{ACTS}::test_a_change_of_many_is_undone_once",
    "a bulk change loses nobody's word": f"{ACTS}::test_what_others_say_while_many_are_changed_and_changed_back_is_not_lost",
    "an import is undone without people's words": f"{MESSAGES}::test_what_people_say_while_an_import_is_undone_stays",
    "ten hooks a person": f"{MESSAGES}::test_the_tenth_hook_is_one_of_fifty",
    "a secret is turned one after the other": f"{MESSAGES}::test_a_secret_turned_fifty_times_at_once_is_two_at_any_time",
    "a message leaves once": f"{MESSAGES}::test_a_message_told_fifty_times_is_there_once_and_leaves_once_by_mail_and_once_by_push",
    "requests of a token are counted": f"{MESSAGES}::test_every_request_of_fifty_callers_with_one_token_is_counted",
    "a sales line has one name": f"{ROWS}::test_a_sales_line_named_by_fifty_at_once_is_one",
    "a code opens once": f"{SIGNING_IN}::test_a_code_of_the_app_opens_for_one_of_many_and_never_again",
    "a recovery code opens once": f"{SIGNING_IN}::test_a_recovery_code_opens_for_one_of_many",
    "wrong passwords are counted": f"{SIGNING_IN}::test_of_fifty_wrong_passwords_at_once_no_more_than_five_are_looked_at",
    "a session that ended stays so": f"{SIGNING_IN}::test_a_session_that_is_ended_while_it_is_used_comes_back_by_no_request",
}


def constraints() -> set[str]:
    """Names of the constraints of our tables that say "at most one"."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("bailiwick.")]
    kinds = (UniqueConstraint, ExclusionConstraint)
    return {one.name for model in ours for one in model._meta.constraints if isinstance(one, kinds)}


def test_every_constraint_that_says_at_most_one_has_a_race_or_needs_none() -> None:
    assert {name for name in constraints() if not WITHOUT.search(name)} == set(CONSTRAINTS)


@pytest.mark.parametrize("named", sorted({*CONSTRAINTS.values(), *RULES.values()}))
def test_every_race_that_is_named_is_there(named: str) -> None:
    file, _, name = named.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_command_that_takes_turns_has_a_race() -> None:
    """What nothing but a turn keeps is tried: the words of each turn stand here."""
    told = {found for file in (ROOT / "src").rglob("*.py") for found in re.findall(r'take_turns\("([\w.]+)"', file.read_text())}
    assert told == {
        "exchange.import", "exchange.standing", "hooks.hooks", "ledger.seal", "lists.views", "network.login", "network.staffing",
        "offer.price_list", "offer.products", "pipeline.arrival", "pipeline.process",
    }  # fmt: skip
