namespace CloudNative.ArchitectureTests.Errors;

/// <summary>An error id where it stands in the code.</summary>
internal sealed record ErrorId(string Id, string Package, string Path, int Line);
