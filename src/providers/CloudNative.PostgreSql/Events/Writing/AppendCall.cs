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
    /// <summary>Builds the call, which returns whether members of other processes should be told.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="schema">That of the tables.</param>
    /// <param name="process">This one, as it stands with its members.</param>
    /// <param name="now">The time of what is stored.</param>
    /// <param name="requests">What to store.</param>
    /// <returns>A command, to be disposed by the caller.</returns>
    [SuppressMessage("Security", "CA2100", Justification = "The schema is a checked name; all else are parameters.")]
    public static NpgsqlCommand Create(
        NpgsqlConnection connection, string schema, string process, long now, List<AppendRequest> requests)
    {
        var (events, topics) = Sort(requests);
        var command = new NpgsqlCommand(
            $"SELECT {schema}.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", connection);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<string> { TypedValue = process, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = now, NpgsqlDbType = NpgsqlDbType.Bigint });
        parameters.Add(Array(topics.ConvertAll(topic => topic.Name).ToArray(), NpgsqlDbType.Text));
        parameters.Add(Array(topics.ConvertAll(topic => topic.Count).ToArray(), NpgsqlDbType.Integer));
        parameters.Add(Array(Numbers(topics, events.Count), NpgsqlDbType.Integer));
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

    // Topics in an order that is the same for everybody, so that nobody waits for each other's; events of one as they came.
    private static (List<NewEvent> Events, List<(string Name, int Count)> Topics) Sort(List<AppendRequest> requests)
    {
        var events = Distinct(requests);
        var name = events[0].Topic;
        if (events.TrueForAll(item => item.Topic == name))
        {
            return (events, [(name, events.Count)]);
        }

        events = [.. events.OrderBy(item => item.Topic, StringComparer.Ordinal)];
        return (events, [.. events.CountBy(item => item.Topic, StringComparer.Ordinal).Select(topic => (topic.Key, topic.Value))]);
    }

    private static List<NewEvent> Distinct(List<AppendRequest> requests)
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

        return events;
    }

    // For each event the number of its topic, from 1 as the server counts.
    private static int[] Numbers(List<(string Name, int Count)> topics, int events)
    {
        var numbers = new int[events];
        var end = 0;
        for (var topic = 0; topic < topics.Count; topic++)
        {
            numbers.AsSpan(end, topics[topic].Count).Fill(topic + 1);
            end += topics[topic].Count;
        }

        return numbers;
    }

    private static NpgsqlParameter<T[]> Column<T>(List<NewEvent> events, Func<NewEvent, T> value, NpgsqlDbType type)
    {
        var values = new T[events.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = value(events[index]);
        }

        return Array(values, type);
    }

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
