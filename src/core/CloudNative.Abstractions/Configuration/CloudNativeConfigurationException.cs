namespace CloudNative.Configuration;

/// <summary>
/// The host refused to start; the message lists every problem that was found, one a line, each with its cure.
/// </summary>
/// <param name="failures">
/// The lines, <see cref="ConfigurationProblem.ToString"/> of ours and the messages of other validators.
/// </param>
public sealed class CloudNativeConfigurationException(IReadOnlyList<string> failures)
    : Exception(Describe(failures))
{
    /// <summary>The lines, in the order in which they were found.</summary>
    public IReadOnlyList<string> Failures { get; } = failures;

    private static string Describe(IReadOnlyList<string> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        var heading = failures.Count == 1
            ? "The configuration has 1 problem, so the service does not start:"
            : $"The configuration has {failures.Count} problems, so the service does not start:";
        return heading + string.Concat(failures.Select(failure => $"{Environment.NewLine}  {failure}"));
    }
}
