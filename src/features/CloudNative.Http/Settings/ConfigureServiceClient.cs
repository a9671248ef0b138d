using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Settings;

/// <summary>Defaults first, then what the client says of itself; nested values override one by one.</summary>
internal sealed class ConfigureServiceClient(IConfiguration configuration) : IConfigureNamedOptions<ServiceClientOptions>
{
    public void Configure(ServiceClientOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, ServiceClientOptions options)
    {
        SendOnceOnPlatform(options);
        Bind(ServiceHttpOptions.SectionName, options);
        if (!string.IsNullOrEmpty(name))
        {
            Bind($"{ServiceClientOptions.ClientsSectionName}:{name}", options);
        }
    }

    // A section's preset lies below its own values and above those of the section that it refines. One that is not known is found by
    // the binder.
    private void Bind(string path, ServiceClientOptions options)
    {
        var section = configuration.GetSection(path);
        if (Enum.TryParse<ClientPreset>(section[nameof(options.Preset)], ignoreCase: true, out var preset))
        {
            Presets.Apply(preset, options);
            SendOnceOnPlatform(options);
        }

        section.Bind(options);
    }

    // The platform sends a failed call again; two layers that do so multiply.
    private void SendOnceOnPlatform(ServiceClientOptions options)
    {
        if (configuration.GetValue<DiscoveryBalancing>($"{DiscoveryOptions.SectionName}:{nameof(DiscoveryOptions.Balancing)}")
            == DiscoveryBalancing.Platform)
        {
            options.Retry.MaxAttempts = 1;
        }
    }
}
