using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;
using CloudNative.Eventing.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Tests.AsyncApi;

/// <summary>A service that is built, not started, and what its document says.</summary>
internal static class DocumentHost
{
    /// <summary>Builds one whose own assembly has the notes of the generator.</summary>
    public static EventHost Build(
        IReadOnlyList<(Type Type, string? Topic)>? published = null,
        Action<IHost>? map = null,
        params (string Key, string? Value)[] settings)
    {
        var name = Assemble(published ?? []);
        var host = EventHost.Build(
            builder => builder.Environment.ApplicationName = name,
            settings: [("CloudNative:Service:Version", "1.2.3"), .. settings]);
        map?.Invoke(host.Host);
        return host;
    }

    public static JsonObject Document(this EventHost host) =>
        host.Services.GetRequiredService<IAsyncApiDocumentProvider>().GetDocument();

    public static string Text(this EventHost host) =>
        host.Services.GetRequiredService<IAsyncApiDocumentProvider>().GetDocumentText();

    public static JsonNode? At(this JsonNode? node, params string[] path) =>
        path.Aggregate(node, (inner, key) => inner is JsonArray list ? list[int.Parse(key, null)] : inner![key]);

    public static IEnumerable<string> Keys(this JsonNode? node) => ((JsonObject)node!).Select(member => member.Key);

    public static ValueTask Nothing<T>(T data, EventContext context, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    private static string Assemble(IEnumerable<(Type Type, string? Topic)> published)
    {
        var name = $"Service{Guid.NewGuid():N}";
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run);
        var (note, topic) = (typeof(PublishesEventAttribute), typeof(PublishesEventAttribute).GetProperty("Topic")!);
        foreach (var (type, where) in published)
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(note.GetConstructors()[0], [type], [topic], [where]));
        }

        return name;
    }
}
