namespace Brownfield.Startup;

/// <summary>How often anybody came.</summary>
public sealed class Visits
{
    private int _total;

    public int Total => Volatile.Read(ref _total);

    public void Count() => Interlocked.Increment(ref _total);
}
