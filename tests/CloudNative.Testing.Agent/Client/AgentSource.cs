using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudNative.Discovery;

namespace CloudNative.Testing.Agent.Client;

internal sealed class AgentSource(AgentProcess agent) : IEndpointSource
{
    public string Name => "agent";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = agent.NextCall();
        await (await agent.SendAsync(call, $"watch {service}", cancellationToken));
        await foreach (var line in agent.Stream(call).ReadAllAsync(cancellationToken))
        {
            if (line == "end")
            {
                yield break;
            }

            yield return Read(line);
        }
    }

    private static EndpointUpdate Read(string line)
    {
        var parts = line.Split(' ', 2);
        var kind = Enum.Parse<EndpointUpdateKind>(parts[0]);
        var json = parts[1][..(parts[1].LastIndexOf(']') + 1)];
        return kind switch
        {
            EndpointUpdateKind.Answer => EndpointUpdate.Answer(JsonSerializer.Deserialize<ServiceInstance[]>(json)!),
            EndpointUpdateKind.NotFound => EndpointUpdate.NotFound,
            _ => EndpointUpdate.Unavailable(parts[1][json.Length..].Trim()),
        };
    }
}
