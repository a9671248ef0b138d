using System.Collections.Concurrent;
using System.Security.Cryptography;
using CloudNative.Discovery;
using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Registry;

/// <summary>
/// Announces instances in the store. They stay until they are withdrawn, or this process ends in whatever way.
/// </summary>
internal sealed class EmbeddedServiceRegistry : IServiceRegistry
{
    private readonly EmbeddedNode _node;
    private readonly ConcurrentDictionary<EmbeddedRegistration, byte> _registrations = new();

    public EmbeddedServiceRegistry(EmbeddedNode node)
    {
        _node = node;
        node.RestoreWith(RestoreAsync);
    }

    /// <summary>Neighbours are told at once; one that cannot be told looks within this time.</summary>
    public required TimeSpan PropagationDelay { get; init; }

    public async ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentException.ThrowIfNullOrWhiteSpace(instance.Service);
        ArgumentException.ThrowIfNullOrWhiteSpace(instance.Id);
        ArgumentOutOfRangeException.ThrowIfZero(instance.Endpoints.Count, nameof(instance));
        var row = new InstanceRow(instance, RandomNumberGenerator.GetHexString(16, lowercase: true), Ready: true);
        await WriteAsync("register", (connection, member) => InstanceRows.Put(connection, member, row), cancellationToken)
            .ConfigureAwait(false);
        var registration = new EmbeddedRegistration(this, row);
        _registrations.TryAdd(registration, 0);
        return registration;
    }

    public void Forget(EmbeddedRegistration registration) => _registrations.TryRemove(registration, out _);

    /// <summary>Writes, and tells everybody when that changed something.</summary>
    public async Task WriteAsync(
        string operation, Func<SqliteConnection, string, bool> write, CancellationToken cancellationToken)
    {
        try
        {
            var session = await _node.GetSessionAsync(cancellationToken).ConfigureAwait(false);
            var changed = await session.Store.WriteAsync(
                operation, connection => write(connection, session.MemberId), cancellationToken).ConfigureAwait(false);
            if (changed)
            {
                session.TellAll();
            }
        }
        catch (EmbeddedStoreException exception)
        {
            throw new ServiceRegistryException(exception.Message, exception);
        }
    }

    private async Task RestoreAsync(NodeSession session, CancellationToken cancellationToken)
    {
        foreach (var registration in _registrations.Keys)
        {
            await session.Store.WriteAsync(
                "register",
                connection => InstanceRows.Put(connection, session.MemberId, registration.Row),
                cancellationToken).ConfigureAwait(false);
        }

        session.TellAll();
    }
}
