namespace Shop.Web.Art;

/// <summary>Garden, outdoor, tools, and the parcel for shelves that nobody drew yet.</summary>
internal static class OutsideArt
{
    public static string Garden(Palette palette, Dice dice)
    {
        var leaf = dice.Next(2) == 0 ? palette.First : palette.Third;
        var pairs = dice.Between(2, 3);
        var leaves = string.Concat(Enumerable.Range(0, pairs).Select(at =>
        {
            var (y, reach) = (132 - (at * 32), 56 - (at * 10) + dice.Next(8));
            return $"""
                <path d="M160 {y}q-{reach / 2}-{26 + dice.Next(8)} -{reach}-16q{reach / 5} 32 {reach} 16z" fill="{leaf}"/>
                <path d="M160 {y - 8}q{reach / 2}-{26 + dice.Next(8)} {reach}-16q-{reach / 5} 32 -{reach} 16z" fill="{leaf}"/>
                """;
        }));
        var flower = dice.Next(3) switch
        {
            0 => string.Concat(Enumerable.Range(0, 6).Select(at =>
                    $"""<ellipse cx="160" cy="26" rx="9" ry="15" fill="{palette.Second}" transform="rotate({at * 60} 160 44)"/>"""))
                + """<circle cx="160" cy="44" r="10" fill="#ffd166"/>""",
            1 => $"""<path d="M138 50q2-30 8-20l14-14l14 14q6-10 8 20q-6 22-22 22t-22-22z" fill="{palette.Second}"/>""",
            _ => $"""<path d="M160 62q-16-22 0-46q16 24 0 46z" fill="{leaf}"/>""",
        };
        return $"""
            <path d="M160 150V44" stroke="{leaf}" stroke-width="7" stroke-linecap="round"/>{leaves}{flower}
            <path d="M112 146h96l-12 58h-72z" fill="{palette.Second}"/>
            <rect x="104" y="138" width="112" height="18" rx="4" fill="{palette.Second}"/>
            <rect x="112" y="156" width="96" height="6" fill="{Palette.Ink}" opacity=".25"/>
            """;
    }

    public static string Outdoor(Palette palette, Dice dice)
    {
        var sun = dice.Between(60, 260);
        var peak = dice.Between(110, 200);
        var tent = dice.Between(60, 190);
        var trees = string.Concat(Enumerable.Range(0, dice.Between(2, 4)).Select(_ =>
        {
            var (x, y) = (dice.Between(16, 304), dice.Between(186, 198));
            return $"""
                <path d="M{x} {y - 64}l18 40h-8l14 26h-48l14-26h-8z" fill="{palette.Third}"/>
                <rect x="{x - 3}" y="{y + 2}" width="6" height="10" fill="{Palette.Ink}"/>
                """;
        }));
        return $"""
            <circle cx="{sun}" cy="62" r="30" fill="#ffd166"/>
            <path d="M{peak - 150} 186L{peak} 54L{peak + 150} 186z" fill="{palette.First}"/>
            <path d="M{peak} 54l-34 30l14 10l12-8l14 12l14-10l14 2z" fill="{Palette.Light}"/>
            <path d="M{peak + 20} 186l84-82l96 82z" fill="{palette.First}" opacity=".75"/>{trees}
            <path d="M{tent} 214l42-66l42 66z" fill="{palette.Second}"/><path d="M{tent + 42} 148l18 66h-36z" fill="{Palette.Ink}"/>
            <path d="M{tent + 42} 148l-9 66h-9z" fill="{Palette.Light}"/>
            """;
    }

    public static string Tools(Palette palette, Dice dice)
    {
        var colours = palette.Shuffled(dice);
        var hammer = $"""
            <g transform="rotate({dice.Between(-44, -30)} 160 128)">
            <rect x="150" y="62" width="20" height="144" rx="8" fill="{colours.First}"/>
            <path d="M112 40h84q10 0 10 10v18h-94l-26-16q8-12 26-12z" fill="{Palette.Ink}"/>
            <rect x="206" y="44" width="12" height="24" rx="3" fill="#7d8790"/></g>
            """;
        var spanner = $"""
            <g transform="rotate({dice.Between(34, 48)} 160 128)"><rect x="149" y="70" width="22" height="120" fill="{colours.Second}"/>
            <path d="M160 84a32 32 0 0 1-24-54v26l24 12l24-12V30a32 32 0 0 1-24 54z" fill="{colours.Second}"/>
            <circle cx="160" cy="192" r="22" fill="{colours.Second}"/><circle cx="160" cy="192" r="10" fill="{palette.Wall}"/></g>
            """;
        var driver = $"""
            <g transform="rotate({dice.Between(36, 50)} 160 128)">
            <rect x="154" y="36" width="12" height="92" fill="#7d8790"/><path d="M152 24h16l-2 16h-12z" fill="#7d8790"/>
            <rect x="144" y="122" width="32" height="84" rx="14" fill="{colours.Third}"/>
            <path d="M153 140v52M167 140v52" stroke="{Palette.Light}" stroke-width="4" opacity=".6"/></g>
            """;
        return dice.Next(3) switch
        {
            0 => hammer + spanner,
            1 => spanner.Replace("rotate(", "rotate(-", StringComparison.Ordinal) + driver,
            _ => hammer + driver,
        };
    }

    public static string Parcel(Palette palette, Dice dice) =>
        $"""
        <g transform="rotate({dice.Between(-6, 6)} 160 140)"><rect x="84" y="76" width="152" height="126" rx="6" fill="{palette.Third}"/>
        <rect x="144" y="76" width="32" height="126" fill="{palette.Second}"/>
        <rect x="84" y="76" width="152" height="26" fill="{palette.First}" opacity=".25"/></g>
        """;
}
