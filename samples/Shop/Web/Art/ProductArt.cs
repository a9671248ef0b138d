namespace Shop.Web.Art;

/// <summary>Draws the poster of a product: what its shelf is about, before a wall, in its own colours and arrangement.</summary>
internal static class ProductArt
{
    private static readonly Dictionary<string, (Palette Palette, Func<Palette, Dice, string> Draw)> Shelves = new()
    {
        ["books"] = (new("#f2c14e", "#e0a92e", "#a63d40", "#2f4858", "#fdfaf3"), StudyArt.Books),
        ["stationery"] = (new("#b8c9e8", "#97aed8", "#24407a", "#e4572e", "#fdfaf3"), StudyArt.Stationery),
        ["games"] = (new("#d9c8ee", "#bfa7e0", "#4b2e83", "#f25f5c", "#ffe066"), StudyArt.Games),
        ["coffeetea"] = (new("#e9c9ae", "#d9ac86", "#5a2a17", "#c8553d", "#2d6a5f"), KitchenArt.Coffee),
        ["kitchen"] = (new("#f6b8a8", "#ec9b87", "#8c1c2c", "#2b3a55", "#f9dc5c"), KitchenArt.Kitchen),
        ["home"] = (new("#a9d6d9", "#86c0c5", "#17505b", "#f28f3b", "#fdfaf3"), KitchenArt.Home),
        ["garden"] = (new("#cfe3a4", "#b3cf7c", "#2d6a34", "#d1603d", "#14532d"), OutsideArt.Garden),
        ["outdoor"] = (new("#9fd3f0", "#6fae8a", "#1e4e5f", "#f4845f", "#2f7a5a"), OutsideArt.Outdoor),
        ["tools"] = (new("#ffd08a", "#f2b45a", "#2e4057", "#d1495b", "#7a4a1e"), OutsideArt.Tools),
    };

    private static readonly (Palette Palette, Func<Palette, Dice, string> Draw) Other =
        (new("#d8d8d2", "#c2c2ba", "#4a5a55", "#c8553d", "#f2c14e"), OutsideArt.Parcel);

    /// <summary>The picture as an SVG document; the id chooses it and is not in it.</summary>
    public static string Draw(string shelf, string id)
    {
        var (palette, draw) = Shelves.GetValueOrDefault(shelf, Other);
        var dice = new Dice(id);
        var floor = dice.Between(168, 184);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240">
            <rect width="320" height="240" fill="{palette.Wall}"/>
            {Backdrop(palette, dice)}
            <rect y="{floor}" width="320" height="{240 - floor}" fill="{palette.Floor}"/>
            {draw(palette, dice)}
            </svg>
            """;
    }

    // One large plain shape behind the thing, so that neighbours on a shelf differ from afar.
    private static string Backdrop(Palette palette, Dice dice)
    {
        var x = dice.Between(80, 240);
        var size = dice.Between(80, 120);
        return dice.Next(4) switch
        {
            0 => $"""<circle cx="{x}" cy="{dice.Between(90, 130)}" r="{size}" fill="{Palette.Light}" opacity=".45"/>""",
            1 => $"""<path d="M{x - size} 240V120a{size} {size} 0 0 1 {2 * size} 0v120z" fill="{Palette.Light}" opacity=".4"/>""",
            2 => string.Concat(Enumerable.Range(0, 6).Select(at =>
                $"""<rect x="{at * 64}" width="32" height="240" fill="{Palette.Light}" opacity=".28"/>""")),
            _ => $"""<path d="M0 0H{x}L{x - 60} 240H0z" fill="{palette.Floor}" opacity=".55"/>""",
        };
    }
}
