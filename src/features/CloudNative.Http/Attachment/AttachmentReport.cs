using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Attachment;

/// <summary>Says once per client how it differs from the others; chains are built again every few minutes.</summary>
internal sealed partial class AttachmentReport(ILogger<AttachmentReport> logger)
{
    private readonly ConcurrentDictionary<(string Client, string What), bool> _said = new();
    private readonly ILogger _logger = logger;

    public void OnDiscoveryOnly(string client)
    {
        if (_said.TryAdd((client, ""), true))
        {
            LogDiscoveryOnly(client);
        }
    }

    public void OnUntouched(string client, string reason)
    {
        if (_said.TryAdd((client, reason), true))
        {
            LogUntouched(client, reason);
        }
    }
}
