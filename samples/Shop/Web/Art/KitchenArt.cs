namespace Shop.Web.Art;

/// <summary>Coffee and tea, kitchen, home.</summary>
internal static class KitchenArt
{
    public static string Coffee(Palette palette, Dice dice)
    {
        var colours = palette.Shuffled(dice);
        var x = dice.Between(84, 116);
        return dice.Next(3) == 0 ? Bag(colours, dice) : Cup(colours, dice, x);
    }

    public static string Kitchen(Palette palette, Dice dice)
    {
        var colours = palette.Shuffled(dice);
        var pot = colours.First == "#f9dc5c" ? colours.Second : colours.First;
        var knob = pot == colours.Third ? colours.Second : colours.Third;
        var height = dice.Between(64, 88);
        var top = 200 - height;
        return dice.Next(3) == 0 ? Pan(pot, dice) : $"""
            <rect x="60" y="{top + 14}" width="200" height="14" rx="7" fill="{Palette.Ink}"/>
            <path d="M82 {top}h156v{height - 22}q0 22-22 22H104q-22 0-22-22z" fill="{pot}"/>
            <path d="M82 {top}h30v{height}h-8q-22 0-22-22z" fill="#fff" opacity=".18"/>
            <path d="M78 {top}q4-32 82-34q78 2 82 34z" fill="{pot}"/>
            <rect x="74" y="{top - 5}" width="172" height="10" rx="5" fill="{Palette.Light}"/>
            <circle cx="160" cy="{top - 42}" r="12" fill="{knob}"/>
            {Steam(118, top - 44, dice)}{Steam(204, top - 48, dice)}
            """;
    }

    public static string Home(Palette palette, Dice dice)
    {
        var shade = dice.Next(2) == 0 ? palette.Second : palette.First;
        var vase = shade == palette.First ? palette.Second : palette.First;
        var tall = dice.Between(0, 26);
        var lamp = $"""
            <path d="M{84 - (tall / 4)} 112h76l-20-58h-36z" fill="{shade}"/>
            <path d="M122 112l60 90H62z" fill="{Palette.Light}" opacity=".35"/>
            <rect x="118" y="112" width="8" height="{84}" fill="{Palette.Ink}"/>
            <rect x="94" y="194" width="56" height="10" rx="5" fill="{Palette.Ink}"/>
            """;
        var leaves = string.Concat(Enumerable.Range(-1, 3).Select(at =>
            $"""
                <path d="M222 148q{at * 16}-30 {at * 30} {-62 + (Math.Abs(at) * 14)}q{-6 + (at * 4)} 34 {-at * 30} 62z"
                    fill="#2f7a5a"/>
                """));
        return $"""
            {(dice.Next(2) == 0 ? $"<g transform=\"translate(320 0) scale(-1 1)\">{lamp}</g>" : lamp)}
            <g{(dice.Next(2) == 0 ? "" : " transform=\"translate(-8 0)\"")}>{leaves}
            <path d="M204 146h36q4 22 14 32q6 26-14 26h-36q-20 0-14-26q10-10 14-32z" fill="{vase}"/>
            <path d="M196 172h52" stroke="{Palette.Light}" stroke-width="6"/></g>
            """;
    }

    private static string Cup(Palette colours, Dice dice, int x)
    {
        var stripes = string.Concat(Enumerable.Range(0, dice.Between(1, 3)).Select(at =>
            $"""<rect x="{x}" y="{132 + (at * 16)}" width="116" height="7" fill="{Palette.Light}" opacity=".85"/>"""));
        return $"""
            <ellipse cx="{x + 62}" cy="200" rx="92" ry="13" fill="{Palette.Light}"/>
            <path d="M{x + 108} 126h20a24 24 0 0 1 0 48h-26" fill="none" stroke="{colours.First}" stroke-width="14"/>
            <path d="M{x} 112h116v46q0 40-40 40h-36q-40 0-40-40z" fill="{colours.First}"/>{stripes}
            <ellipse cx="{x + 58}" cy="112" rx="58" ry="12" fill="{Palette.Light}"/>
            <ellipse cx="{x + 58}" cy="113" rx="49" ry="8.500" fill="#3b1d10"/>
            {Steam(x + 40, 90, dice)}{Steam(x + 76, 84, dice)}
            """;
    }

    private static string Bag(Palette colours, Dice dice)
    {
        var beans = string.Concat(Enumerable.Range(0, 5).Select(at =>
            $"""
                <ellipse cx="{78 + (at * 42) + dice.Next(14)}" cy="{196 + dice.Next(10)}" rx="13" ry="9"
                    fill="#3b1d10" transform="rotate({dice.Between(-40, 40)} {84 + (at * 42)} 200)"/>
                """));
        return $"""
            <path d="M106 62h108l10 134q0 8-8 8H104q-8 0-8-8z" fill="{colours.First}"/>
            <path d="M106 62h108l-4-22H110z" fill="{colours.Second}"/><rect x="106" y="56" width="108" height="10" fill="{Palette.Ink}"/>
            <circle cx="160" cy="130" r="34" fill="{Palette.Light}"/>
            <ellipse cx="160" cy="130" rx="15" ry="22" fill="{colours.Second}" transform="rotate(28 160 130)"/>
            <path d="M151 146q12-10 7-18t9-15" fill="none" stroke="{Palette.Light}" stroke-width="3.500"/>{beans}
            """;
    }

    private static string Pan(string pan, Dice dice) =>
        $"""
        <g transform="rotate({dice.Between(-24, -6)} 140 136)"><rect x="206" y="126" width="104" height="20" rx="10" fill="{Palette.Ink}"/>
        <circle cx="140" cy="136" r="76" fill="{pan}"/><circle cx="140" cy="136" r="62" fill="{Palette.Ink}" opacity=".35"/>
        <path d="M104 128q4-34 40-30t44 30q2 36-34 44t-46-14q-10-14-4-30z" fill="{Palette.Light}"/>
        <circle cx="146" cy="134" r="19" fill="#f2b134"/></g>
        """;

    private static string Steam(int x, int y, Dice dice)
    {
        var bend = dice.Between(7, 12);
        return $"""
            <path d="M{x} {y}q{-bend}-13 0-25t0-25" fill="none" stroke="{Palette.Light}"
                stroke-width="6" stroke-linecap="round" opacity=".9"/>
            """;
    }
}
