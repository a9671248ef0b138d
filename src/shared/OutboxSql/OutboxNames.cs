namespace CloudNative.Shared.OutboxSql;

/// <summary>The tables as SQL names them: quoted where they need it, with their schema.</summary>
internal sealed record OutboxNames(string Outbox, string Aside, string Turn, string Inbox, string Versions);
