namespace CloudNative.Consul.Http;

/// <summary>An instance as the agent is told of it, for <c>/v1/agent/service/register</c>.</summary>
internal sealed class RegistrationDocument
{
    public required string ID { get; set; }

    public required string Name { get; set; }

    public required string Address { get; set; }

    public required int Port { get; set; }

    public required IList<string> Tags { get; set; }

    public required Dictionary<string, string> Meta { get; set; }

    public required WeightsDocument Weights { get; set; }

    public required List<RegistrationCheckDocument> Checks { get; set; }
}
