using System.Text.Json.Nodes;
using CloudNative.Eventing.Transport;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>Where the events of the service are, as its transport says.</summary>
internal sealed class DocumentServers(ChosenTransport transport)
{
    /// <summary>The servers; <see langword="null"/> when nothing serves events, or nothing with an address.</summary>
    public JsonObject? Find()
    {
        if ((transport.Find() as IEventServerSource)?.FindServer() is not { } found)
        {
            return null;
        }

        var server = new JsonObject { ["host"] = found.Host, ["protocol"] = found.Protocol };
        Add("protocolVersion", found.ProtocolVersion);
        Add("pathname", found.PathName);
        return new JsonObject { [new DocumentKeys().Take(transport.Choice.Provider!)] = server };

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                server[key] = value;
            }
        }
    }
}
