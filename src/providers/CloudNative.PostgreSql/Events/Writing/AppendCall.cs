using System.Diagnostics.CodeAnalysis;
using CloudNative.Shared.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>
/// Several appends as one call of one function: the server has all of it before it takes a lock, and a client that stalls holds none.
/// What is in it twice goes once.
/// </summary>
internal static class AppendCall
{
    [SuppressMessage("Security", "CA2100", Justification = "The schema is a checked name; all else are parameters.")]
    public static NpgsqlCommand Create(NpgsqlConnection connection, string schema, long now, List<AppendRequest> requests)
    {
        var events = Distinct(requests);
        var command = new NpgsqlCommand(
            $"SELECT {schema}.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", connection);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<long> { TypedValue = now, NpgsqlDbType = NpgsqlDbType.Bigint });
        parameters.Add(Column(events, item => item.Topic, NpgsqlDbType.Text));
        parameters.Add(Column<short?>(
            events,
            item => item.Envelope.Key is { } key ? (short)Partitions.Of(key, 0) : null,
            NpgsqlDbType.Smallint));
        parameters.Add(Column(events, item => item.Delay, NpgsqlDbType.Bigint));
        parameters.Add(Column(events, item => item.Envelope.Key, NpgsqlDbType.Text));
        parameters.Add(Column(events, item => new Guid(item.Identity, bigEndian: true), NpgsqlDbType.Uuid));
        parameters.Add(Column(events, item => item.Envelope.Source, NpgsqlDbType.Text));
        parameters.Add(Column(events, item => item.Envelope.Id, NpgsqlDbType.Text));
        parameters.Add(Column(events, item => item.Envelope.Type, NpgsqlDbType.Text));
        parameters.Add(Column(events, item => item.Attributes, NpgsqlDbType.Bytea));
        parameters.Add(Column(events, item => item.Envelope.Data, NpgsqlDbType.Bytea));
        return command;
    }

    private static NewEvent[] Distinct(List<AppendRequest> requests)
    {
        var count = requests.Sum(request => request.Count);
        var events = new List<NewEvent>(count);
        var seen = new HashSet<Guid>(count);
        foreach (var request in requests)
        {
            foreach (ref readonly var item in request.Events)
            {
                if (seen.Add(new Guid(item.Identity, bigEndian: true)))
                {
                    events.Add(item);
                }
            }
        }

        return [.. events];
    }

    private static NpgsqlParameter<T[]> Column<T>(NewEvent[] events, Func<NewEvent, T> value, NpgsqlDbType type) =>
        new() { TypedValue = Array.ConvertAll(events, item => value(item)), NpgsqlDbType = NpgsqlDbType.Array | type };
}
