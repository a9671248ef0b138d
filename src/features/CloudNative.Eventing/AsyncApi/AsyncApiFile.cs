using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// Writes the document to a file, when it is asked for, in the place of starting the service. Every start passes here,
/// so nothing is made before that.
/// </summary>
internal sealed class AsyncApiFile(IServiceProvider services, IConfiguration configuration) : IHostCommand
{
    private const string Key = $"{AsyncApiOptions.SectionName}:{nameof(AsyncApiOptions.File)}";

    public bool TryRun()
    {
        if (configuration[Key] is not { Length: > 0 } file)
        {
            return false;
        }

        var text = services.GetRequiredService<IAsyncApiDocumentProvider>().GetDocumentText();
        var path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Console.Out.WriteLine($"AsyncAPI document: {path}");
        return true;
    }
}
