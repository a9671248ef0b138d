using System.Data.Common;
using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.Outbox;

/// <summary>What to tell someone whose transaction nobody serves.</summary>
internal static class DatabaseMessages
{
    public static string NotServed(DbTransaction transaction, IEnumerable<string> known)
    {
        var names = string.Join(", ", known.Select(name => $"'{name}'"));
        var database = transaction.Connection?.DataSource;
        return $"{ErrorIds.DatabaseNotServed} No outbox of this service is in the database '{database}' ({transaction.GetType().Name}); "
            + (names.Length == 0 ? "none was named. " : $"there is one in {names}. ")
            + "Name the database where events are configured, such as cloud.Events.UseSqliteOutbox(connectionString).";
    }
}
