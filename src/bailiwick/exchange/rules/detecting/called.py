"""What headers call each target: the concepts of `vocabulary` that must be said, and how much they tell (1 where nothing
stands). A bar parts the ways to say it.
"""

TEXTS = """
person.key: id | owner id | seller id .9
person.name: name | owner | seller | person .9 | full name | owner name
person.first_name: first name | first .9
person.last_name: last name | last .9
person.email: email
person.phone: phone
person.manager: manager | manager id | manager name .95 | manager email .9 | parent .8 | parent id .8
person.office: office | office name .95 | city .6 | country .5
person.sells: owner flag | sells | sells flag
account.key: id | account .8
account.name: name | account .95 | account name
account.website: url | url name .9
account.phone: phone | phone id
account.registration: registration | registration id
account.city: city | city name .95
account.country: country | country name .95 | country id .9
account.sector: sector | sector name .95
account.owner: owner | owner id | owner name .9 | owner email .85 | seller .8 | seller id .8 | person id .6
account.parent: parent | parent id | parent name .9
contact.key: id
contact.name: name | contact .95 | full name
contact.first_name: first name | first .9
contact.last_name: last name | last .9
contact.position: position | title .9
contact.email: email
contact.phone: phone | phone id
contact.account: account | account id | account name .85 | account url .7
product.key: id
product.name: name | product .95
product.code: alternate id .8 | id .5
product.family: family | category .8 | kind .6 | family name
product.list_price: list price | price .9 | unit price .85 | list .5 | list price unit | value .5
product.cost: cost | cost unit
lead.key: id
lead.name: name | contact .9 | contact name .9 | lead .8 | full name
lead.first_name: first name | first .9
lead.last_name: last name | last .9
lead.company: account | account name
lead.email: email | contact email .9
lead.phone: phone | phone id | contact phone .9
lead.origin: source
lead.entered: enter date | enter .9 | created date .9 | created .85 | date .6
lead.status: status | stage .8 | stage name .8 | status name
lead.closed: converted flag | converted .9
lead.owner: owner | owner id | owner name .9 | owner email .85 | seller .8 | seller id .8 | person id .7
opportunity.key: id | order id .9 | opportunity .9
opportunity.title: name | title .95 | opportunity .85
opportunity.origin: source
opportunity.reason: reason | reason text | reason name
opportunity.account: account | account id | account name .85 | account url .7 | account email .5
opportunity.contact: contact | contact id | contact name .85 | contact email .7
opportunity.owner: owner | owner id | owner name .9 | owner email .85 | seller .9 | seller id .9 | seller name .85 | person
    .8 | person id .8 | person name .7
opportunity.developer: developer | developer id | developer name .9 | developer email .8
opportunity.product: product | product id | product name .85 | product family .4
opportunity.lead: lead id | lead .7
opportunity.stage: stage | stage name | status .8 | status name .8 | pipeline .3 | position .3
opportunity.place: stage sort | probability .8 | sort .6 | stage percent .6 | stage probability .8 | stage id .3 |
    probability percent .8
opportunity.won: won flag | won .9
opportunity.closed: close flag | close .9
opportunity.value: value | budget .5 | order value .95 | close value | value price .8 | price .5 | value currency .9 |
    won value .8 | expected value .4 | expected value derived .4 | sales .7
opportunity.amount: decided value | decided value price .9 | decided .6
opportunity.quantity: quantity | quantity value .9
opportunity.discount: discount | discount percent
opportunity.currency: currency | currency id | currency name .9
opportunity.entered: enter date | enter .9 | created date .9 | created .85 | created enter .8 | created enter date .8
opportunity.close: close date | close .9 | expected close date .9 | expected close .85 | lost date .8 | lost .7
opportunity.decided: won date | decided date .9 | decided close date | decided close .95 | close won date .9 | decided .8 |
    won .7 | order date .95 | order .5 | date .5
opportunity.expected: expected close date | expected close | expected date .95 | expected .8 | decided expected date .7
opportunity.modified: modified date | modified .95
opportunity.deleted: deleted flag | deleted
opportunity.pipeline: pipeline | pipeline name
line.opportunity: order id | opportunity id | order .8 | opportunity .7 | opportunity name .6
line.product: product | product id | product name .85
line.quantity: quantity
line.price: price unit | price .95 | list price .5
line.amount: value | value line | price value .9 | value total | sales .8
line.cost: cost value | cost product value | cost .8 | cost product .8 | cost unit .7
stage.opportunity: opportunity id | opportunity | opportunity name .7
stage.step: stage | stage name | status .7 | opportunity stage | opportunity stage name
stage.entered: enter date | date .9 | created date .9 | modified date .9 | stage date | stage enter date | enter .9 |
    created .8 | modified .8
activity.key: id
activity.kind: kind | activity .8
activity.text: text | title .8
activity.day: date | activity date | enter date .8 | created date .5 | date day
activity.due: due date | due .95
activity.status: status
activity.owner: owner | owner id | owner name .9 | owner email .9 | seller .9 | seller id .9 | person .7 | person id .7
activity.account: account | account id | account name .85 | account url .7
activity.contact: contact | contact id | contact name .85 | contact email .7
activity.opportunity: opportunity | opportunity id | opportunity name .85
"""

# What a row may say of the records it refers to, with the words it has to say then: a bare "name" would be the row's own.
FURTHER_TEXTS = """
account.name: account name
account.website: account url | url .6
account.phone: account phone
account.city: account city | city .7
account.country: account country | country .7 | account country id | country id .6
account.sector: account sector | sector .8
account.parent: account parent | account parent name .9
account.registration: account registration | registration .7
person.name: owner name | person name .8
person.email: owner email | person email .8
person.manager: manager | manager name .95 | owner manager
person.office: office .8 | owner office | person office | office name .8
contact.name: contact name
contact.first_name: contact first name
contact.last_name: contact last name
contact.email: contact email | email .6
contact.phone: contact phone | phone .5
contact.position: contact position | position .5 | contact title
product.name: product name
product.family: product family | family .8 | product category .9
product.list_price: list price .8 | product list price | product price .8
product.code: product alternate id
"""
ORDER_TEXTS = """
opportunity.account: account | account id | account name .85
opportunity.contact: contact | contact id | contact name .85 | contact email .7
opportunity.owner: owner | owner id | owner name .9 | owner email .85 | seller .9 | seller id .9 | seller name .85 | person
    .8 | person id .8 | person name .7
opportunity.stage: stage | stage name | status .7
opportunity.title: name .8 | opportunity name | title .8
opportunity.currency: currency | currency id | currency name .9
opportunity.decided: order date | date .9 | won date | close date .9 | enter date .5 | created date .5 | close .8
"""
