namespace CloudNative.ArchitectureTests;

/// <summary>The names by which <see cref="Exceptions"/> speaks of rules.</summary>
internal static class Rules
{
    public const string FileLength = "file length";
    public const string InnerPublicType = "public type in an inner folder";
    public const string MethodLength = "method length";
    public const string MutableStatic = "mutable static";
    public const string Namespace = "namespace by folder";
    public const string OneTypeAFile = "one type a file";
    public const string TestsMirror = "tests mirror the package";
}
