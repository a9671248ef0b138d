using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Settings;

/// <summary>Defaults first, then what the client says of itself; nested values override one by one.</summary>
internal sealed class ConfigureServiceClient(IConfiguration configuration) : IConfigureNamedOptions<ServiceClientOptions>
{
    public void Configure(ServiceClientOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, ServiceClientOptions options)
    {
        configuration.GetSection(ServiceHttpOptions.SectionName).Bind(options);
        if (!string.IsNullOrEmpty(name))
        {
            configuration.GetSection($"{ServiceClientOptions.ClientsSectionName}:{name}").Bind(options);
        }
    }
}
