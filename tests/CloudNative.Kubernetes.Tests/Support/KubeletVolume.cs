using System.Globalization;
using System.Runtime.InteropServices;
using CloudNative.Testing;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>
/// A directory that is written as the kubelet writes a mounted ConfigMap: a state is a directory of its own, <c>..data</c> names it and is
/// replaced by a rename, links beside it lead through it, and the state before is removed after that.
/// </summary>
internal sealed partial class KubeletVolume : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private int _count;

    public KubeletVolume(string? name = null) => Path = System.IO.Path.Combine(_directory.Path, name ?? "mount");

    public string Path { get; }

    public void Write(params (string Name, string Value)[] files) =>
        WriteBytes([.. files.Select(file => (file.Name, System.Text.Encoding.UTF8.GetBytes(file.Value)))]);

    public void WriteBytes(params (string Name, byte[] Value)[] files)
    {
        Directory.CreateDirectory(Path);
        var data = In("..data");
        var before = new FileInfo(data).LinkTarget;
        var state = $"..2026_01_01_00_00_00.{(++_count).ToString(CultureInfo.InvariantCulture)}";
        Directory.CreateDirectory(In(state));
        foreach (var (name, value) in files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(In($"{state}/{name}"))!);
            File.WriteAllBytes(In($"{state}/{name}"), value);
        }

        File.CreateSymbolicLink(In("..data_tmp"), state);
        Assert.Equal(0, Rename(In("..data_tmp"), data));
        foreach (var top in files.Select(file => file.Name.Split('/')[0]).Distinct().Where(top => new FileInfo(In(top)).LinkTarget is null))
        {
            File.CreateSymbolicLink(In(top), $"..data/{top}");
        }

        if (before is not null)
        {
            Directory.Delete(In(before), recursive: true);
        }
    }

    public void Dispose() => _directory.Dispose();

    // File.Move takes a link to a directory for one, and Directory.Move replaces none.
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to);

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
