"""The words of column and file names: what they speak of, in English and German, with basic Spanish and French.

Evidence, never a condition: a header that says nothing leaves the judgement to the contents. Words stand folded, that is in
small letters without accents (`ü` is `u`, `ß` is `ss`).
"""

WORDS = {
    # whom and what the rows speak of
    "opportunity": """opportunity opportunities oppty oppties opp deal deals verkaufschance verkaufschancen
    verkaufsprojekt geschaft
        geschafte oportunidad oportunidades opportunite opportunites affaire affaires negocio negocios potential
        potentials vorgang trattativa opportunita verkoopkans""",
    "account": """account accounts acct cust company companies customer customers client clients kunde kunden firma firmen
        unternehmen
        organisation organisations organization organizations org reseller resellers dealership buyer empresa empresas
        cliente clientes compania entreprise entreprises societe klant bedrijf azienda cuenta cuentas compte comptes
        debitor debitoren auftraggeber interessent prospect konto konten""",
    "owner": """owner rep salesperson salespeople salesrep salesman agent verkaufer verkauferin vertriebler
        vertriebsmitarbeiter betreuer zustandig zustandiger bearbeiter besitzer verantwortlich verantwortlicher
        vendedor vendedora comercial commercial vendeur vendeuse responsable ae sr closer consultant berater
        propietario proprietaire vertreter vertreterin handelsvertreter eigenaar verkoper representative asesor
        inhaber kundenbetreuer sachbearbeiter""",
    "seller": "seller sellers",
    "person": """person people user users employee employees staff mitarbeiter mitarbeiterin member members benutzer
    empleado
        employe team teams personal""",
    "developer": "sdr bdr developer anbahner telesales",
    "manager": """manager mgr supervisor boss leiter leiterin vorgesetzter vorgesetzte chef teamleiter vertriebsleiter jefe
    gerente
        superior teamlead""",
    "contact": """contact contacts kontakt kontakte ansprechpartner ansprechpartnerin kontaktperson contacto contactos
        interlocuteur attendee""",
    "product": """product products produkt produkte artikel article item items sku producto productos produit produits
    offering
        service leistung""",
    "lead": "lead leads mql mqls sql inquiry inquiries anfrage anfragen piste prospecto anfrager",
    "order": """order orders auftrag auftrage bestellung bestellungen invoice invoices rechnung rechnungen pedido pedidos
        commande commandes beleg""",
    "purchase": "po",
    "quote": "quote quotes quotation quotations",
    "line": "line lines lineitem lineitems position_line posten zeile orderline",
    "activity": """activity activities aktivitat aktivitaten task tasks event events call calls meeting meetings besuch
    besuche
        visit visits engagement actividad actividades activite activites anruf anrufe termine appointments tatigkeit
        tatigkeiten""",
    "stage": """stage stages phase phasen stufe etapa etapas etape etapes verkaufsphase dealstage milestone fase
    pipelinestage
        step vertriebsphase stadium outcome result ergebnis resultat resultado""",
    "status": "status done state_of estado statut zustand situation stand",
    "history": "history historie verlauf historial historique changes fieldhistory",
    "pipeline": "pipeline pipelines funnel embudo",
    # properties
    "id": "id ids key nr nummer number no num numero guid uuid identifier schlussel kennung code",
    "name": "name names bezeichnung nombre nom label namen",
    "first": "first firstname vorname given forename prenom givenname",
    "last": "last lastname nachname surname familyname apellido apellidos familienname",
    "full": "full fullname",
    "middle": "middle",
    "title": """title titel betreff subject titulo titre thema topic asunto objet project projekt projet proyecto
        vorhaben progetto""",
    "text": """notes note description beschreibung notiz notizen bemerkung bemerkungen comment comments kommentar
    descripcion
        body details remark remarks""",
    "kind": "type typ art tipo kind",
    "email": "email mail emails mailadresse correo courriel",
    "phone": "phone telephone telefon tel mobile handy telefono rufnummer mobil phonenumber cell movil telefonnummer",
    "url": "website web url homepage webseite domain domains internetadresse www webadresse sitio",
    "city": "city town ort stadt ciudad ville wohnort location standort sitz headquarter headquarters",
    "country": "country countries land pais pays nation staat",
    "sector": """industry sector branche branchen industrie sektor vertical segment industria secteur wirtschaftszweig
        industries""",
    "registration": """registration handelsregister hrb vat ust ustid steuernummer siren siret duns
    handelsregisternummer ustidnr""",
    "parent": """parent subsidiary muttergesellschaft mutter konzern muttergesellschaft mutterkonzern parental matriz
        ubergeordnet""",
    "position": "funktion role rolle cargo fonction jobtitle occupation",
    "office": """office region regional niederlassung buro territory territories gebiet oficina bureau agence branch filiale
        zweigstelle area team_of district department abteilung""",
    "sells": "sells salesflag",
    "date": "date day datum tag fecha jour datetime timestamp time zeit am on dt data zeitpunkt",
    "enter": """engage engaged entered enter start started begin beginn opened eingang kontaktdatum erstkontakt eroffnet
        eroffnung inicio debut inquired contacted eingegangen """,
    "created": """created create creation erstellt erstellung angelegt anlage creado creacion cree erstelldatum anlagedatum
        erfasst added""",
    "close": """close closing closed abschluss abgeschlossen geschlossen cierre cloture closure
        schluss abschlus beendet ende""",
    "expected": """expected expect geplant geplanter erwartet erwarteter erwartetes voraussichtlich voraussichtlicher
    estimated
        est gesch geschatzt geschatzter geschatztes previsto prevista prevue prevu forecasted
        planned target_day soll anticipated""",
    "decided": """decided decision entschieden entscheidung actual tats tatsachlich tatsachlicher tatsachliches signed
        unterschrieben""",
    "won": "won gewonnen ganado ganada gagne gagnee iswon win",
    "lost": "lost verloren perdido perdida perdu",
    "active": "active aktiv activo activa actif isactive",
    "archived": "archived archiviert archivado archive",
    "modified": "modified updated geandert anderung modificado modifie changed aktualisiert modification",
    "value": """value amount amt wert betrag umsatz summe volumen volume sum revenue total importe valor monto montant valeur
        auftragswert dealvalue worth netto ingresos auftragsvolumen umsatze acv tcv mrr arr erlos angebotssumme
        dealsize size auftragseingang gesamt gesamtpreis gesamtbetrag gesamtwert subtotal""",
    "sales": "sales ventas",
    "price": "price preis prix precio preise",
    "list": "list liste catalog katalog catalogue",
    "unit": "unit stuck einzel unitario unitaire each",
    "quantity": "quantity qty menge anzahl cantidad quantite stuckzahl units",
    "cost": "cost costs kosten coste cout selbstkosten einkaufspreis",
    "discount": "discount rabatt nachlass descuento remise skonto rebate",
    "currency": "currency wahrung moneda devise iso_currency",
    "percent": "percent pct prozent percentage",
    "probability": "probability wahrscheinlichkeit probabilidad probabilite chance_of likelihood confidence",
    "sort": "sort rank sequence reihenfolge",
    "deleted": "deleted isdeleted geloscht eliminado supprime",
    "flag": "is has flag ja",
    "reason": "reason grund ursache motivo raison verlustgrund ablehnungsgrund",
    "source": """source quelle herkunft origin kanal channel origen fuente origine canal leadquelle leadsource referral
    medium""",
    "family": "family series familie serie produktfamilie produktgruppe warengruppe gamme familia sparte",
    "category": "category kategorie categoria categorie class group gruppe klasse subcategory rating",
    "due": "due fallig falligkeit falligkeitsdatum deadline vencimiento echeance",
    # words that say what a column is not
    "audit": "audit modstamp checksum hash zeilenprufsumme prufsumme",
    "derived": "weighted gewichtet derived age alter duration dauer tage cycle",
    "fiscal": """fiscal quarter quartal year jahr month monat week woche yr calendar kalender trimestre trimestrial ano
    annee""",
    "quota": "quota quotas target targets goal goals ziel ziele plan_of zielvorgabe soll_of objetivo objectif",
    "budget": "budget budgets presupuesto",
    "converted": "converted conversion konvertiert",
    "shipping": "shipping ship lieferung freight fracht versand delivery shipment tracking carrier",
    "tax": "tax steuer mwst impuesto taxe",
    "street": """street strasse address adresse address1 calle rue direccion zip postal plz postcode postleitzahl hausnummer
        suburb""",
    "province": "state province bundesland provincia county counties",
    "fax": "fax",
    "birth": "birth birthday geburtstag geburtsdatum birthdate",
    "coordinate": "latitude longitude lat lon lng geocode",
    "turnover": "turnover jahresumsatz",
    "headcount": "headcount mitarbeiterzahl mitarbeiteranzahl",
    "alternate": "alternate alternative second secondary other former old previous prev foreign external legacy from",
    "partner": "partner partners",
    "campaign": "campaign campaigns kampagne kampagnen campana campagne promotion promotions aktion werbung",
    "territory": "salesterritory",
    "geography": "geography geografia geographie cities",
    "survey": "survey umfrage encuesta fragebogen nps satisfaction",
    "forecast": "forecast prognose",
    "dictionary": "dictionary metadata feldliste glossary",
    "field": "field feld fields spalte column",
    "table": "table tabelle tables",
    "count": "count",
    "private": "private",
    "competitor": "competitor competitors wettbewerber konkurrent mitbewerber",
    "plan": "plan",
}

# Said in names and headers without telling anything.
NOISE = frozenset(
    """dim fact tbl table_ stg raw export exports dataset data csv xlsx crm the a an of and in for to by der die das des
    von und im zum
    bei de la le el du en per associated related primary main full billing kauf english company_ hubspot salesforce
    pipedrive zoho dynamics
    my all current new_ hs local sf fk pk dummy sample example olist my value_ desc original""".split()
)
