namespace CloudNative.ArchitectureTests.Options;

/// <summary>Options as a package would have them.</summary>
internal sealed class PlantedOptions
{
    public int Limit { get; set; }

    public PlantedPart Inner { get; } = new();

    public Func<int>? SetInCode { get; set; }
}
