namespace CloudNative.Configuration;

/// <summary>One thing that is wrong with the configuration, said so that the reader can put it right.</summary>
/// <param name="Id">Stable id, <c>CN</c> and four digits; <c>docs/errors/&lt;id&gt;.md</c> explains it.</param>
/// <param name="Key">The configuration key, with colons, or the name of what is wrong when there is no key.</param>
/// <param name="Value">The value seen, or <see langword="null"/> when there was none. Never a secret.</param>
/// <param name="Allowed">What is allowed, with its unit.</param>
/// <param name="Cure">What to do.</param>
public sealed record ConfigurationProblem(string Id, string Key, string? Value, string Allowed, string Cure)
{
    /// <summary>One line: id, key, value seen, what is allowed, cure.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        Value is null
            ? $"{Id} {Key} is not set. Allowed: {Allowed}. {Cure}"
            : $"{Id} {Key} is '{Value}'. Allowed: {Allowed}. {Cure}";
}
