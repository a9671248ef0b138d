using CloudNative.Embedded.Configuration;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Storage;

/// <summary>Turns what SQLite and the file system report into what a user can act on.</summary>
internal static class StoreErrors
{
    private const string KeyToMove = $"{EmbeddedOptions.SectionName}:{nameof(EmbeddedOptions.DataDirectory)}";

    // SQLite's result codes, https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // A database that grows asks for some pages at once; with less than this left, an I/O error is a full disk by
    // another name.
    private const long NothingLeft = 256 * 1024;

    public static EmbeddedStoreException Translate(Exception exception, string directory, Schema? schema = null) => exception switch
    {
        EmbeddedStoreException known => known,
        SqliteException sqlite => Translate(sqlite, directory, schema ?? ControlSchema.Schema),
        IOException when IsFull(directory) => DiskFull(directory, exception),
        UnauthorizedAccessException or IOException => NotWritable(directory, exception),
        _ => new(ErrorIds.StoreFailed, $"The store in '{directory}' failed: {exception.Message}", exception),
    };

    public static EmbeddedStoreException NotWritable(string directory, Exception? exception) => new(
        ErrorIds.NotWritable,
        $"The data directory '{directory}' cannot be written{Because(exception)}. "
        + $"Give the service's user the right to, or name another directory in {KeyToMove}.",
        exception);

    public static EmbeddedStoreException Damaged(string directory, Schema schema, Exception? exception) => new(
        ErrorIds.DamagedStore,
        $"'{Path.Combine(directory, schema.FileName)}' is damaged or no store of CloudNative{Because(exception)}. {schema.WhenDamaged}",
        exception);

    public static EmbeddedStoreException Newer(string directory, Schema schema, long version) => new(
        ErrorIds.NewerStore,
        $"'{Path.Combine(directory, schema.FileName)}' has version {version}; this service understands up to "
        + $"{schema.Version + 1}. {schema.WhenNewer}");

    public static EmbeddedStoreException Older(string directory, Schema schema, long version) => new(
        ErrorIds.OlderStore,
        $"'{Path.Combine(directory, schema.FileName)}' has version {version}, of an earlier build; this service has "
        + $"{schema.Version} and cannot bring it forward. {schema.WhenOlder}");

    private static EmbeddedStoreException Translate(
        SqliteException exception, string directory, Schema schema) => exception.SqliteErrorCode switch
        {
            Busy or Locked => new(
                ErrorIds.Busy,
                $"Another process kept the store in '{directory}' locked for too long. "
                + "Look for a service of this app that is paused, for example in a debugger.",
                exception),
            Full => DiskFull(directory, exception),
            InputOutput when IsFull(directory) => DiskFull(directory, exception),
            ReadOnly or CannotOpen => NotWritable(directory, exception),
            Corrupt or NotADatabase => Damaged(directory, schema, exception),
            _ => new(ErrorIds.StoreFailed, $"The store in '{directory}' failed: {exception.Message}", exception),
        };

    private static EmbeddedStoreException DiskFull(string directory, Exception exception) => new(
        ErrorIds.DiskFull,
        $"The disk that holds '{directory}' is full. Free some space, or name another directory in {KeyToMove}.",
        exception);

    private static string Because(Exception? exception) => exception is null ? string.Empty : $" ({exception.Message})";

    private static bool IsFull(string directory)
    {
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace < NothingLeft;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
