using System.Collections.Concurrent;

namespace CloudNative.Http.Retries;

/// <summary>
/// The budgets of this process, one per client and service. A service is one the table knows, so there are not many.
/// </summary>
internal sealed class RetryBudgets(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Client, string Service), RetryBudget> _budgets = new();

    public RetryBudget Get(string client, string service) => _budgets.GetOrAdd(
        (client, service), static (_, time) => new RetryBudget(time.TimestampFrequency), time);
}
