namespace CloudNative.Discovery.Tests.Simulation;

/// <summary>What to simulate.</summary>
/// <param name="Fate">What becomes of the first instance.</param>
/// <param name="Policy">How the callers choose.</param>
/// <param name="Ejection">Whether they leave out instances that fail.</param>
internal sealed record SimulationPlan(Fate Fate, string Policy = "PowerOfTwoChoices", bool Ejection = true)
{
    /// <summary>The default of CloudNative:Http:ConnectTimeout.</summary>
    public const double ConnectTimeout = 2;

    public int Seed { get; init; } = 4711;

    public int Instances { get; init; } = 10;

    public int Callers { get; init; } = 3;

    /// <summary>Load as a share of what all instances can do when they are healthy.</summary>
    public double Utilisation { get; init; } = 0.5;

    public double Seconds { get; init; } = 40;

    /// <summary>When the first instance meets its fate; until then it is healthy.</summary>
    public double TurnsAfter { get; init; }
}
