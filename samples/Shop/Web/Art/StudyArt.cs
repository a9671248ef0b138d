using System.Globalization;
using System.Text;

namespace Shop.Web.Art;

/// <summary>Books, stationery, games.</summary>
internal static class StudyArt
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Books(Palette palette, Dice dice)
    {
        var art = new StringBuilder();
        var count = dice.Between(4, 6);
        int[] widths = [.. Enumerable.Range(0, count).Select(_ => dice.Between(22, 38))];
        string[] inks = [palette.First, palette.Second, palette.Third, "#3b7a57", "#d9743f"];
        dice.Shuffle(inks);
        var x = (320 - widths.Sum() - 20) / 2;
        for (var at = 0; at < count; at++)
        {
            var height = dice.Between(96, 146);
            var (width, top, ink) = (widths[at], 196 - height, inks[at % inks.Length]);
            var band = ink == Palette.Light ? palette.First : Palette.Light;
            var lean = at == count - 1 ? $" transform=\"rotate(9 {x} 196)\"" : "";
            art.Append(Invariant, $"""<g{lean}><rect x="{x}" y="{top}" width="{width}" height="{height}" rx="2" fill="{ink}"/>""");
            art.Append(Invariant, $"""<rect x="{x}" y="{top + 14}" width="{width}" height="5" fill="{band}"/>""");
            art.Append(dice.Next(2) == 0
                ? $"""<rect x="{x + (width / 2) - 3}" y="{top + 32}" width="6" height="{height / 3}" rx="3" fill="{band}"/>"""
                : $"""<circle cx="{x + (width / 2)}" cy="{top + 44}" r="{(width / 2) - 6}" fill="{band}"/>""");
            art.Append(Invariant, $"""<rect x="{x}" y="182" width="{width}" height="5" fill="{band}"/></g>""");
            x += widths[at] + (at == count - 2 ? 14 : 1);
        }

        return art.Append(Invariant, $"""<rect x="30" y="196" width="260" height="9" rx="2" fill="{Palette.Ink}"/>""").ToString();
    }

    public static string Stationery(Palette palette, Dice dice)
    {
        var colours = palette.Shuffled(dice);
        var cover = colours.First == Palette.Light ? colours.Second : colours.First;
        var pencil = colours.Third == Palette.Light || colours.Third == cover ? "#ffd166" : colours.Third;
        var tilt = dice.Between(-9, 4);
        var lines = string.Concat(Enumerable.Range(0, 5).Select(at =>
            $"""
                <rect x="118" y="{92 + (at * 18)}" width="{dice.Between(40, 84)}"
                    height="5" rx="2.5" fill="{Palette.Light}" opacity=".75"/>
                """));
        var rings = string.Concat(Enumerable.Range(0, 7).Select(at =>
            $"""<circle cx="99" cy="{66 + (at * 22)}" r="4" fill="{Palette.Ink}"/>"""));
        return $"""
            <g transform="rotate({tilt} 160 130)">
            <rect x="96" y="46" width="124" height="160" rx="6" fill="{Palette.Light}"/>
            <rect x="88" y="42" width="124" height="160" rx="6" fill="{cover}"/>{rings}
            <rect x="118" y="62" width="70" height="14" rx="3" fill="{Palette.Light}"/>{lines}</g>
            <g transform="rotate({dice.Between(18, 40)} 236 130)">
            <rect x="226" y="56" width="20" height="112" fill="{pencil}"/>
            <rect x="226" y="56" width="7" height="112" fill="#fff" opacity=".3"/>
            <path d="M226 168h20l-10 32z" fill="#f3d9b1"/><path d="M232.500 189h7l-3.500 11z" fill="{Palette.Ink}"/>
            <rect x="226" y="44" width="20" height="14" fill="#b9c0c7"/>
            <rect x="226" y="30" width="20" height="16" rx="5" fill="#f28482"/></g>
            """;
    }

    public static string Games(Palette palette, Dice dice)
    {
        var colours = palette.Shuffled(dice);
        return $"""
            {Die(92 + dice.Next(20), 104, 78, dice.Between(-14, 10), colours.First, dice.Between(1, 6))}
            {Die(174 + dice.Next(16), 82 + dice.Next(24), 92, dice.Between(4, 22), colours.Second, dice.Between(1, 6))}
            {Pawn(58, 126, colours.Third)}{(dice.Next(2) == 0 ? Pawn(268, 120, colours.First) : "")}
            """;
    }

    private static string Die(int x, int y, int size, int tilt, string colour, int pips)
    {
        var dot = colour is "#ffe066" ? Palette.Ink : Palette.Light;
        (int X, int Y)[] places = pips switch
        {
            1 => [(2, 2)],
            2 => [(1, 1), (3, 3)],
            3 => [(1, 1), (2, 2), (3, 3)],
            4 => [(1, 1), (3, 1), (1, 3), (3, 3)],
            5 => [(1, 1), (3, 1), (2, 2), (1, 3), (3, 3)],
            _ => [(1, 1), (3, 1), (1, 2), (3, 2), (1, 3), (3, 3)],
        };
        var marks = string.Concat(places.Select(place =>
            $"""<circle cx="{x + (place.X * size / 4)}" cy="{y + (place.Y * size / 4)}" r="{size / 11}" fill="{dot}"/>"""));
        return $"""
            <g transform="rotate({tilt} {x + (size / 2)} {y + (size / 2)})">
            <rect x="{x}" y="{y}" width="{size}" height="{size}" rx="16" fill="{colour}"/>{marks}</g>
            """;
    }

    private static string Pawn(int x, int y, string colour) =>
        $"""
        <circle cx="{x}" cy="{y}" r="17" fill="{colour}"/>
        <path d="M{x - 10} {y + 12}h20l9 54q0 6-6 6h-26q-6 0-6-6z" fill="{colour}"/>
        <rect x="{x - 24}" y="{y + 66}" width="48" height="12" rx="6" fill="{Palette.Ink}"/>
        """;
}
