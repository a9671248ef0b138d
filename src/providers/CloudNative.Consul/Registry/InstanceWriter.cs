using System.Buffers;
using System.Globalization;
using System.Text;
using CloudNative.Consul.Configuration;
using CloudNative.Consul.Http;
using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>Says an instance in the catalogue's words, so that others can read it.</summary>
internal static class InstanceWriter
{
    // Limits of the catalogue: https://developer.hashicorp.com/consul/docs/services/configuration/services-configuration-reference#meta
    private const int MostPairs = 64;
    private const int LongestKey = 128;
    private const int LongestValue = 512;
    private const int LargestWeight = 65535;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>The id in the catalogue, where ids of all services of an agent must differ.</summary>
    public static string IdOf(ServiceInstance instance) => $"{instance.Service}:{instance.Id}";

    public static string CheckIdOf(ServiceInstance instance) => $"service:{IdOf(instance)}";

    public static RegistrationDocument Write(ServiceInstance instance, ConsulRegistrationOptions options, bool ready) => new()
    {
        ID = IdOf(instance),
        Name = instance.Service,
        Address = instance.Endpoints[0].Host,
        Port = instance.Endpoints[0].Port,
        Tags = options.Tags,
        Meta = WriteMeta(instance),
        Weights = new WeightsDocument { Passing = CatalogueWeight(instance.Weight), Warning = 1 },
        Checks =
        [
            new()
            {
                CheckID = CheckIdOf(instance),
                Name = "The service's own word",
                Ttl = Duration(options.Ttl),
                Status = StatusOf(ready),
                DeregisterCriticalServiceAfter = Duration(options.DeregisterCriticalAfter),
            },
            .. AgentChecks.Write(instance, options.AgentCheck),
        ],
    };

    public static string StatusOf(bool ready) => ready ? "passing" : "critical";

    /// <summary>What the check says of a service that says of itself how it is; one that said nothing in time gets other words.</summary>
    public static string OutputOf(bool ready) => ready ? "ready" : "not ready";

    private static Dictionary<string, string> WriteMeta(ServiceInstance instance)
    {
        var meta = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [MetaKeys.Id] = instance.Id,
            [MetaKeys.Scheme] = instance.Endpoints[0].Scheme,
            [MetaKeys.Secure] = instance.Endpoints[0].Scheme == Uri.UriSchemeHttps ? "true" : "false",
        };
        Add(meta, MetaKeys.Zone, instance.Zone);
        Add(meta, MetaKeys.Version, instance.Version);
        Add(meta, MetaKeys.Priority, instance.Priority == 0 ? null : instance.Priority.ToString(CultureInfo.InvariantCulture));
        var isExact = CatalogueWeight(instance.Weight) * ServiceInstance.DefaultWeight == instance.Weight;
        Add(meta, MetaKeys.Weight, isExact ? null : instance.Weight.ToString(CultureInfo.InvariantCulture));
        for (var index = 0; index < instance.Endpoints.Count; index++)
        {
            var endpoint = instance.Endpoints[index];
            var isSaid = index == 0 && endpoint.Name is null && endpoint.Authority is null;
            Add(meta, $"{MetaKeys.Endpoint}{index}", isSaid ? null : EndpointText.Write(endpoint));
        }

        var pairs = 0;
        foreach (var (key, value) in instance.Metadata)
        {
            if (IsKey(key))
            {
                Add(meta, key, value);
            }
            else
            {
                Add(meta, $"{MetaKeys.Pair}{pairs++}", $"{Uri.EscapeDataString(key)}={Uri.EscapeDataString(value)}");
            }
        }

        return meta.Count <= MostPairs ? meta : throw CannotBeSaid(
            $"it would have {meta.Count} pairs of metadata with those that carry its addresses, and Consul takes {MostPairs}",
            "Register fewer.");
    }

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey
        && !MetaKeys.IsTaken(key)
        && !key.StartsWith("consul-", StringComparison.OrdinalIgnoreCase)
        && !key.AsSpan().ContainsAnyExcept(KeyCharacters);

    private static void Add(Dictionary<string, string> meta, string key, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (Encoding.UTF8.GetByteCount(value) > LongestValue)
        {
            throw CannotBeSaid($"its metadata '{key}' has more than {LongestValue} bytes, which is what Consul takes", "Shorten it.");
        }

        meta[key] = value;
    }

    private static ServiceRegistryException CannotBeSaid(string reason, string cure) =>
        new($"{ErrorIds.CannotBeSaid}: The instance cannot be registered with Consul: {reason}. {cure}");

    // Others register the default, 1, where ours is 100.
    private static int CatalogueWeight(int weight) => Math.Clamp(weight / ServiceInstance.DefaultWeight, 1, LargestWeight);

    /// <summary>A time span as Consul reads it.</summary>
    public static string Duration(TimeSpan duration) =>
        ((long)duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "ms";
}
