namespace CloudNative.ArchitectureTests;

/// <summary>Every exception to a rule, with its reason. A line that excuses nothing fails a test.</summary>
internal static class Exceptions
{
    public static IReadOnlyList<Exempt> All { get; } =
    [
        new(
            Rules.Namespace,
            "src/delivery/CloudNative.Local/Hook/StartupHook.cs",
            "The runtime looks for a class of this name outside of any namespace."),
        new(
            Rules.MutableStatic,
            "CloudNative.Http.ServiceRequestExtensions.Settings",
            "What a caller attaches to a request, as to its Options; asking a request for Options costs it a dictionary, on every call."),
        new(
            Rules.TestsMirror,
            "CloudNative.Testing.Conformance",
            "Its suites are tests: the providers' test projects inherit them, and planted bugs show there that they can fail."),
    ];

    /// <summary>Whether something may break a rule.</summary>
    public static bool Excuses(string rule, string subject) =>
        All.Any(exempt => exempt.Rule == rule && exempt.Subject == subject);
}
