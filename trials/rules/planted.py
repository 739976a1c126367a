# One of each that a rule of house.yml must find; never imported. The line below each mark is the one to be found.
def planted(cursor, request, log, Deal, asked, path):
    # finds: question-made-of-text
    cursor.execute(f"SELECT * FROM deal WHERE title = '{request.GET['q']}'")
    # finds: question-made-of-text
    cursor.execute("SELECT * FROM deal WHERE title = '%s'" % request.GET["q"])
    # finds: question-made-of-text
    cursor.execute("SELECT * FROM deal WHERE title = '{}'".format(request.GET["q"]))
    # finds: question-made-of-text
    Deal.objects.raw("SELECT * FROM deal ORDER BY " + request.GET["order"])
    cursor.execute("SELECT * FROM deal WHERE title = %s", [request.GET["q"]])
    # finds: text-taken-for-markup
    shown = mark_safe(request.GET["name"])
    # finds: rows-of-nobody-in-particular
    rows = Deal.objects.filter(title=shown)
    # finds: rows-of-nobody-in-particular
    rows = Deal.objects.all()
    rows = Deal.objects.seen_by(asked.viewer).filter(title=shown)
    # finds: forms-of-other-sites
    door = csrf_exempt(planted)
    # finds: objects-or-code-from-text
    rows = eval(request.GET["how"])
    # finds: objects-or-code-from-text
    rows = pickle.loads(request.body)
    # finds: a-command-through-a-shell
    subprocess.run("ls " + path, shell=True)
    # finds: an-address-is-called
    rows = requests.get(request.GET["picture"])
    # finds: a-file-where-a-request-says
    rows = open(request.GET["file"])
    # finds: a-secret-in-the-log
    log.info("signed in with %s", request.POST["password"])
    # finds: a-secret-in-the-log
    log.warning("token %s", token)
    log.warning("signing in by password failed")
    # finds: a-right-asserted
    assert asked.viewer.everything
    if rows:
        # finds: an-answer-of-no-kind
        return HttpResponse(request.GET["name"])
    if door:
        return HttpResponse(request.GET["name"], content_type="text/plain")
    where = request.GET["next"]
    # finds: sent-where-a-request-says
    return HttpResponseRedirect(where)
