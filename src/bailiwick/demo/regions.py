"""Where the demo's territories lie: a name, its country and its cities."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of country that one seller works."""

    name: str
    country: str
    cities: tuple[str, ...]


REGIONS: dict[str, tuple[Region, ...]] = {
    "north": (
        Region("Elbe", "Germany", ("Hamburg", "Stade", "Lauenburg")),
        Region("Weser", "Germany", ("Bremen", "Oldenburg", "Bremerhaven")),
        Region("Coast", "Germany", ("Kiel", "Lübeck", "Flensburg")),
        Region("Heath", "Germany", ("Hannover", "Celle", "Braunschweig")),
        Region("Mecklenburg", "Germany", ("Rostock", "Schwerin", "Wismar")),
        Region("Ruhr", "Germany", ("Dortmund", "Essen", "Bochum")),
        Region("Berlin", "Germany", ("Berlin", "Potsdam", "Cottbus")),
    ),
    "nordic": (
        Region("Skåne", "Sweden", ("Malmö", "Lund", "Helsingborg")),
        Region("Mälaren", "Sweden", ("Stockholm", "Uppsala", "Västerås")),
        Region("West coast", "Sweden", ("Göteborg", "Borås", "Halmstad")),
        Region("Zealand", "Denmark", ("København", "Roskilde", "Helsingør")),
        Region("Jutland", "Denmark", ("Aarhus", "Aalborg", "Esbjerg")),
        Region("Oslofjord", "Norway", ("Oslo", "Drammen", "Moss")),
        Region("Finland south", "Finland", ("Helsinki", "Turku", "Tampere")),
    ),
    "west": (
        Region("Randstad", "Netherlands", ("Amsterdam", "Rotterdam", "Utrecht")),
        Region("Brabant", "Netherlands", ("Eindhoven", "Breda", "Tilburg")),
        Region("Flanders", "Belgium", ("Antwerpen", "Gent", "Brugge")),
        Region("Loire", "France", ("Nantes", "Angers", "Tours")),
        Region("Île-de-France", "France", ("Paris", "Versailles", "Meaux")),
        Region("Rhône", "France", ("Lyon", "Grenoble", "Valence")),
        Region("Nord", "France", ("Lille", "Amiens", "Arras")),
    ),
    "south": (
        Region("Lombardy", "Italy", ("Milano", "Bergamo", "Brescia")),
        Region("Emilia", "Italy", ("Bologna", "Parma", "Modena")),
        Region("Catalonia", "Spain", ("Barcelona", "Girona", "Tarragona")),
        Region("Andalusia", "Spain", ("Sevilla", "Málaga", "Córdoba")),
        Region("Veneto", "Italy", ("Verona", "Padova", "Treviso")),
        Region("Portugal north", "Portugal", ("Porto", "Braga", "Aveiro")),
        Region("Dalmatia", "Croatia", ("Split", "Zadar", "Rijeka")),
    ),
    "alps": (
        Region("Tyrol", "Austria", ("Innsbruck", "Kufstein", "Lienz")),
        Region("Danube", "Austria", ("Linz", "Wien", "Krems")),
        Region("Bavaria south", "Germany", ("München", "Rosenheim", "Kempten")),
        Region("Styria", "Austria", ("Graz", "Leoben", "Villach")),
        Region("Swabia", "Germany", ("Ulm", "Augsburg", "Stuttgart")),
    ),
    "east": (
        Region("Silesia", "Poland", ("Katowice", "Wrocław", "Opole")),
        Region("Mazovia", "Poland", ("Warszawa", "Radom", "Płock")),
        Region("Pomerania", "Poland", ("Gdańsk", "Gdynia", "Szczecin")),
        Region("Bohemia", "Czechia", ("Praha", "Plzeň", "Kolín")),
        Region("Moravia", "Czechia", ("Brno", "Ostrava", "Olomouc")),
        Region("Estonia", "Estonia", ("Tallinn", "Tartu", "Pärnu")),
        Region("Lesser Poland", "Poland", ("Kraków", "Tarnów", "Rzeszów")),
    ),
}
