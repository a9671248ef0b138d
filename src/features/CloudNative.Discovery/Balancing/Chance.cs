namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Where chance comes from. A simulation gives it a seed, and then runs the same each time. Thread-safe without one.
/// </summary>
internal sealed class Chance
{
    private readonly Random? _seeded;

    public Chance()
    {
    }

    public Chance(int seed) => _seeded = new Random(seed);

    /// <summary>63 random bits.</summary>
    public ulong Bits() => (ulong)(_seeded is null ? Random.Shared.NextInt64() : _seeded.NextInt64());

    /// <summary>At least 0, less than 1.</summary>
    public double Fraction() => Bits() * (1.0 / (1UL << 63));

    /// <summary>At least 0, less than <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(((Bits() >> 31) * (ulong)limit) >> 32);
}
