namespace CloudNative.AppModel;

/// <summary>An app's file was refused; the message lists every problem that was found, one a line.</summary>
/// <param name="problems">The problems, in the order of the file; at least one.</param>
public sealed class AppModelException(IReadOnlyList<AppModelProblem> problems) : Exception(Describe(problems))
{
    /// <summary>The problems, in the order of the file.</summary>
    public IReadOnlyList<AppModelProblem> Problems { get; } = problems;

    private static string Describe(IReadOnlyList<AppModelProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return string.Join(Environment.NewLine, problems);
    }
}
