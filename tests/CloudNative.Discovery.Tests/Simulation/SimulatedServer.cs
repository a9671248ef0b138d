namespace CloudNative.Discovery.Tests.Simulation;

/// <summary>An instance with so many workers and a queue in front of them.</summary>
internal sealed class SimulatedServer(Random random)
{
    public const int Workers = 2;

    public const double MeanSeconds = 0.010;

    private readonly double[] _freeAt = new double[Workers];

    public Fate Fate { get; set; }

    public int Calls { get; set; }

    /// <summary>When a call that arrives now is answered: the next free worker takes it for an exponentially distributed time.</summary>
    public double Serve(double now)
    {
        Calls++;
        var worker = _freeAt[0] <= _freeAt[1] ? 0 : 1;
        var seconds = -Math.Log(1 - random.NextDouble()) * MeanSeconds * (Fate == Fate.Slow ? 10 : 1);
        return _freeAt[worker] = Math.Max(now, _freeAt[worker]) + seconds;
    }
}
