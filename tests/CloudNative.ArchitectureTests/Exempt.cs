namespace CloudNative.ArchitectureTests;

/// <summary>One exception to a rule.</summary>
/// <param name="Rule">The rule's name, a constant of <see cref="Rules"/>.</param>
/// <param name="Subject">The file, type or package that breaks it.</param>
/// <param name="Reason">Why that is better than keeping the rule.</param>
internal sealed record Exempt(string Rule, string Subject, string Reason);
