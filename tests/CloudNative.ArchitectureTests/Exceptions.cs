namespace CloudNative.ArchitectureTests;

/// <summary>Every exception to a rule, with its reason. A line that excuses nothing fails a test.</summary>
internal static class Exceptions
{
    public static IReadOnlyList<Exempt> All { get; } =
    [
    ];

    /// <summary>Whether something may break a rule.</summary>
    public static bool Excuses(string rule, string subject) =>
        All.Any(exempt => exempt.Rule == rule && exempt.Subject == subject);
}
