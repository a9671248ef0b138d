using CloudNative.Leases;
using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Leases;

/// <summary>A lease that this process holds by a row.</summary>
internal sealed class PostgreSqlLease(LeaseTables tables, string holder, TimeProvider time, PostgreSqlMetrics metrics, ILogger logger)
    : HeldLease(time, logger)
{
    private static readonly TimeSpan _longestCall = TimeSpan.FromSeconds(5);

    protected override async Task<string?> RenewAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LeasePace.CallTimeout(Duration, _longestCall), Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await tables.RenewAsync(Name, holder, Duration, either.Token).ConfigureAwait(false)
                ? null
                : "it has expired or another process has taken it";
        }
        catch (PostgreSqlStoreException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LeaseException("PostgreSQL did not answer in time.", exception);
        }
    }

    protected override async Task ReleaseAsync()
    {
        try
        {
            await tables.ReleaseAsync(Name, holder, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgreSqlStoreException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }
    }

    protected override void CountLost() => metrics.LeaseLost();
}
