using CloudNative.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace CloudNative.EntityFrameworkCore.Contexts;

/// <summary>The tables as SQL names them: quoted, with the schema that the context says.</summary>
internal sealed record TableNames(string Outbox, string Aside, string Turn, string Inbox, string Versions)
{
    public static TableNames Of(DbContext context)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        return new TableNames(Of<OutboxEvent>(), Of<OutboxEventAside>(), Of<OutboxTurn>(), Of<InboxClaim>(), Of<TableVersion>());

        string Of<TRow>()
        {
            var entity = context.Model.FindEntityType(typeof(TRow)) ?? throw DatabaseErrors.NotInTheModel(context.GetType());
            return sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
        }
    }
}
