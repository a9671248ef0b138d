using System.Text;
using CloudNative.AppModel.Reading;

namespace CloudNative.AppModel;

/// <summary>Reads <c>cloudnative.yaml</c>. All methods are safe to call from any thread and keep nothing.</summary>
public static class AppModelFile
{
    /// <summary>The name that tools look for.</summary>
    public const string DefaultName = "cloudnative.yaml";

    /// <summary>The largest file that is read, in bytes; a description of services is far below it.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads and checks a file; projects are looked up relative to it.</summary>
    /// <param name="path">Path of the file; relative ones start at the current directory.</param>
    /// <returns>The app.</returns>
    /// <exception cref="AppModelException">The file cannot be read, or anything in it is wrong; all problems are
    /// listed.</exception>
    public static AppDefinition Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        return Parse(ReadText(fullPath), fullPath);
    }

    /// <summary>Checks a text as if it stood in a file; projects are looked up relative to that file.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="path">Path of the file that the text belongs to; it need not exist.</param>
    /// <returns>The app.</returns>
    /// <exception cref="AppModelException">Anything is wrong; all problems are listed.</exception>
    public static AppDefinition Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var problems = new ProblemList(Path.GetFullPath(path));
        var app = AppReader.Read(text.TrimStart(ByteOrderMark), problems);
        return app is not null && problems.IsEmpty ? app : throw new AppModelException(problems.Sorted());
    }

    private static string ReadText(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Length <= MaximumBytes
                ? File.ReadAllText(path, Encoding.UTF8)
                : throw Refused(path, $"The file has {file.Length} bytes.", $"at most {MaximumBytes} bytes",
                    "Check that it is the right file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"The file cannot be read: {e.Message}", "a readable file",
                "Check the path and the rights on it.");
        }
    }

    private static AppModelException Refused(string path, string message, string allowed, string cure) =>
        new([new AppModelProblem(ProblemIds.Unreadable, path, 0, 0, message, allowed, cure)]);
}
