using System.Security.Cryptography;
using CloudNative.Leases;
using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Leases;

/// <summary>Leases as rows that end by the server's clock.</summary>
internal sealed class PostgreSqlLeaseProvider(
    LeaseTables tables, TimeProvider time, PostgreSqlMetrics metrics, ILogger<PostgreSqlLease> logger) : ILeaseProvider
{
    public async ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        LeaseLimits.ThrowIfOutside(name, duration);
        var holder = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var begun = time.GetTimestamp();
        long token;
        try
        {
            token = await tables.TryTakeAsync(name, holder, duration, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgreSqlStoreException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }

        if (token == 0)
        {
            return null;
        }

        var lease = new PostgreSqlLease(tables, holder, time, metrics, logger)
        {
            Name = name,
            FencingToken = token,
            Duration = duration,
        };
        lease.Begin(begun);
        return lease;
    }
}
