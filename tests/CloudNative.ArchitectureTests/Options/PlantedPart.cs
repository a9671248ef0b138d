namespace CloudNative.ArchitectureTests.Options;

internal sealed class PlantedPart
{
    public string? Name { get; set; }
}
