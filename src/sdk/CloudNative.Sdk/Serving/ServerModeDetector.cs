using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Sdk.Serving;

/// <summary>Recognises by its server a host that is not to serve anybody.</summary>
internal sealed class ServerModeDetector(IServiceProvider services) : IHostModeDetector
{
    // By name: neither type is in a package that a service references.
    private const string TestServer = "Microsoft.AspNetCore.TestHost.TestServer";
    private const string NoopServer = "NoopServer";

    public HostMode? Detect()
    {
        for (var type = services.GetService<IServer>()?.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == TestServer)
            {
                return HostMode.Test;
            }

            if (type.Name == NoopServer)
            {
                return HostMode.DesignTime;
            }
        }

        return null;
    }
}
