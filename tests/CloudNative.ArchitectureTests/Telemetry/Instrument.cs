namespace CloudNative.ArchitectureTests.Telemetry;

/// <summary>An instrument as a line of code creates it.</summary>
internal sealed record Instrument(string Name, string Kind, string? Unit, string Path);
