namespace CloudNative.Consul.Configuration;

/// <summary>All keys below <c>CloudNative:Consul</c>.</summary>
internal static class ConsulKeys
{
    public const string Section = "Consul";

    private const string Registration = nameof(ConsulOptions.Registration);

    public static IReadOnlyList<string> All =>
    [
        nameof(ConsulOptions.Address),
        nameof(ConsulOptions.Token),
        nameof(ConsulOptions.TokenFile),
        nameof(ConsulOptions.CaFile),
        nameof(ConsulOptions.ClientCertificateFile),
        nameof(ConsulOptions.ClientKeyFile),
        nameof(ConsulOptions.Datacenter),
        nameof(ConsulOptions.AllowWarning),
        nameof(ConsulOptions.WaitTime),
        $"{Registration}:{nameof(ConsulRegistrationOptions.Ttl)}",
        $"{Registration}:{nameof(ConsulRegistrationOptions.DeregisterCriticalAfter)}",
        $"{Registration}:{nameof(ConsulRegistrationOptions.Tags)}:*",
    ];
}
