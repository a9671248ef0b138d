namespace CloudNative.Lifecycle;

/// <summary>
/// Adds a line to the one summary that is logged when the service has started. Register with <c>TryAddEnumerable</c>.
/// The service's name and the choice of providers are there already.
/// </summary>
public interface IStartSummaryContributor
{
    /// <summary>
    /// Called once, after all participants announced the service. Must not block, or touch disk or network.
    /// </summary>
    /// <returns>The line, or <see langword="null"/> when there is nothing worth saying.</returns>
    StartSummaryLine? Describe();
}
