namespace Shop.Web.Art;

/// <summary>Numbers that look random and are the same for the same word (FNV-1a, then xorshift).</summary>
internal sealed class Dice
{
    private uint _state = 2166136261;

    public Dice(string word)
    {
        foreach (var symbol in word)
        {
            _state = unchecked((_state ^ symbol) * 16777619);
        }

        _state |= 1;
        Next(2);
    }

    /// <summary>A number from 0 up to, but not, <paramref name="limit"/>.</summary>
    public int Next(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)((_state >> 8) % (uint)limit);
    }

    /// <summary>A number from the first up to and with the last.</summary>
    public int Between(int first, int last) => first + Next(last - first + 1);

    /// <summary>Puts things into another order, in place.</summary>
    public void Shuffle<T>(T[] things)
    {
        for (var at = things.Length - 1; at > 0; at--)
        {
            var other = Next(at + 1);
            (things[at], things[other]) = (things[other], things[at]);
        }
    }
}
