using System.Diagnostics;

namespace CloudNative.Local.Tests.Support;

internal static class ProcessTable
{
    /// <summary>Whether the process runs; a dead one that nobody has waited for yet (a zombie) does not.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                var stat = File.ReadAllText($"/proc/{id}/stat");
                return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
            }

            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }

    public static string NameOf(int id) => File.ReadAllText($"/proc/{id}/comm").Trim();

    /// <summary>The field of /proc/id/stat; 5 is the process group, 6 the session.</summary>
    public static int StatOf(int id, int field)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field - 3], System.Globalization.CultureInfo.InvariantCulture);
    }
}
