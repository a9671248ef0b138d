using CloudNative.Lifecycle;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Attachment;

/// <summary>Says at start which clients call services by name.</summary>
internal sealed class ClientsSummary(IOptions<ServiceHttpOptions> options, IEnumerable<AttachedClient> attached)
    : IStartSummaryContributor
{
    private const int Order = 30;

    public StartSummaryLine? Describe() => options.Value switch
    {
        { Enabled: false } => new("clients", $"none ({ServiceHttpOptions.SectionName}:Enabled is false)", Order),
        { Attach: ClientAttachment.All } => new("clients", "all of IHttpClientFactory call services by name", Order),
        _ when attached.Any(client => client.Name is null) =>
            new("clients", "all of IHttpClientFactory call services by name (AddCloudNative in its defaults)", Order),
        _ => new("clients", $"{Names()} ({ServiceHttpOptions.SectionName}:Attach is Named)", Order),
    };

    private string Names()
    {
        var names = string.Join(", ", attached.Select(client => client.Name).Order(StringComparer.Ordinal));
        return names.Length == 0 ? "none asked for it" : $"{names} call services by name";
    }
}
