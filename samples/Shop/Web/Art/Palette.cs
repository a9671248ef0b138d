namespace Shop.Web.Art;

/// <summary>The colours of a shelf: wall, floor, and three to draw with.</summary>
internal sealed record Palette(string Wall, string Floor, string First, string Second, string Third)
{
    public const string Ink = "#1b2a26";
    public const string Light = "#fdfaf3";

    /// <summary>The same colours in an order that the dice choose.</summary>
    public Palette Shuffled(Dice dice)
    {
        string[] inks = [First, Second, Third];
        dice.Shuffle(inks);
        return this with { First = inks[0], Second = inks[1], Third = inks[2] };
    }
}
